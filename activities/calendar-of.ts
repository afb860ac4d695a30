export { after, calendarOf } from '../store/team-calendar.ts';
