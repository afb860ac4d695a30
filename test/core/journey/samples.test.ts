import { beforeAll, expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { loadProject, type LoadedProject } from '../../../cli/load-project.ts';
import { countSegments } from '../../../channels/segments.ts';
import { variablesOf } from '../../../channels/templates.ts';
import { check } from '../../../core/journey/check.ts';
import { hashOf } from '../../../core/journey/hash.ts';
import { readJourney } from '../../../core/journey/read.ts';

const folder = fileURLToPath(new URL('../../../journeys/', import.meta.url));
let project: LoadedProject;
beforeAll(async () => {
  project = await loadProject(folder);
});

test('the samples are loaded with their words, policy and templates, and with the files they come from', () => {
  expect(project.journeys.map(({ name }) => name)).toEqual([
    'appointment',
    'inquiry',
    'late-parcel',
    'offer',
    'renewal',
    'starter',
    'year-in-review',
  ]);
  expect(project.files.get('starter')).toBe('starter.ts');
  expect(project.files.get('inquiry-arrived.en')).toBe('templates/inquiry-arrived.en.liquid');
});

test('the samples have no fault that check can find', () => {
  expect(check(project, { variablesOf, countSegments })).toEqual([]);
});

test('a compiled journey reads back as itself, frozen, with the same hash', () => {
  for (const journey of project.journeys) {
    const read = readJourney(JSON.parse(JSON.stringify(journey)));
    expect(read).toEqual({ ok: true, journey });
    expect(hashOf(read.ok && read.journey)).toBe(hashOf(journey));
    expect(Object.isFrozen(journey.steps['person']?.goes)).toBe(true);
  }
});
