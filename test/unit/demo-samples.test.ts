import { describe, expect, it } from 'vitest';
import { catalogue } from '../../electron/simulator/catalogue';
import type { SampleRun } from '../../electron/store/queries/demo-samples';
import { presetContent } from '../../shared/contract/preset';
import { localDay, startOfDay } from '../../shared/local-day';
import { parseUsd } from '../../shared/money';
import { parameterValues } from '../../shared/parameters';
import fc from '../fixtures/fast-check';
import { EVENING, runsOfSamples, samplesAt, VIENNA } from '../fixtures/samples';

const DAY_MS = 86_400_000;

/** Some moment of four years, in zones with and without a change of the clocks. */
const moments = fc.record({
  now: fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2027, 11, 31) }),
  timeZone: fc.constantFrom('UTC', VIENNA, 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Apia'),
});

/** Few: each makes hundreds of conversations. */
const FEW = { numRuns: 12 };

describe('sample conversations', () => {
  it('are the same whenever the day is the same', () => {
    expect(samplesAt()).toEqual(samplesAt());
    expect(samplesAt(EVENING - DAY_MS)).not.toEqual(samplesAt());
  });

  it('stay as they are while the day goes on', () => {
    const morning = samplesAt(startOfDay('2026-11-27', VIENNA) + 11 * 3_600_000);
    const later = new Map(
      runsOfSamples(samplesAt()).map(({ head, outcome }) => [head.uid, outcome]),
    );
    expect(later.size).toBeGreaterThan(runsOfSamples(morning).length);
    for (const { head, outcome } of runsOfSamples(morning)) {
      expect(later.get(head.uid)).toEqual(outcome);
    }
  });

  it('fill ninety days up to now and none after, wherever and whenever', () => {
    fc.assert(
      fc.property(moments, ({ now, timeZone }) => {
        const samples = samplesAt(now, timeZone);
        const runs = runsOfSamples(samples);
        expect(samples.conversations.length).toBeGreaterThanOrEqual(120);
        expect(samples.conversations.length).toBeLessThanOrEqual(200);
        expect(runs.length).toBeGreaterThanOrEqual(600);
        expect(runs.length).toBeLessThanOrEqual(900);
        for (const { head, outcome } of runs) {
          expect(outcome.endedAt).toBeLessThanOrEqual(now);
          expect(outcome.endedAt).toBeGreaterThanOrEqual(head.startedAt);
          expect(now - head.startedAt).toBeLessThan(91 * DAY_MS);
          expect(head.day).toBe(localDay(head.startedAt, timeZone));
        }
      }),
      FEW,
    );
  });

  it('have every way in which an answer can end', () => {
    fc.assert(
      fc.property(moments, ({ now, timeZone }) => {
        const samples = samplesAt(now, timeZone);
        const runs = runsOfSamples(samples);
        const ends = new Set(runs.map(({ outcome }) => `${outcome.state}, ${outcome.costSource}`));
        for (const end of [
          'complete, reported',
          'complete, unknown',
          'stopped, unknown',
          'incomplete, unknown',
          'failed, unknown',
        ]) {
          expect(ends).toContain(end);
        }
        const turns = samples.conversations.flatMap((conversation) => conversation.turns);
        expect(new Set(turns.map(({ kind }) => kind))).toEqual(
          new Set(['next', 'again', 'edited']),
        );
        expect(turns.some((turn) => turn.runs.length > 1)).toBe(true);
        expect(runs.some(({ refused }) => refused !== null)).toBe(true);
        expect(new Set(samples.conversations.map(({ place }) => place))).toEqual(
          new Set(['list', 'pinned', 'archive', 'trash']),
        );
        expect(samples.conversations.some(({ tags }) => tags.length > 0)).toBe(true);
      }),
      FEW,
    );
  });

  it('use many models, providers, presets and routings', () => {
    const runs = runsOfSamples(samplesAt());
    const several = (of: (run: SampleRun) => string | null) => new Set(runs.map(of)).size;
    expect(several(({ outcome }) => outcome.servedModel)).toBeGreaterThan(7);
    expect(several(({ outcome }) => outcome.servedProvider)).toBeGreaterThan(6);
    expect(several(({ head }) => head.presetName)).toBe(5);
    expect(several(({ head }) => head.routing)).toBe(4);
  });

  it('rest at weekends more than on working days', () => {
    const perDay = new Map<number, number>();
    for (const { head } of runsOfSamples(samplesAt())) {
      const weekday = new Date(`${head.day}T00:00:00Z`).getUTCDay();
      perDay.set(weekday, (perDay.get(weekday) ?? 0) + 1);
    }
    const of = (weekday: number) => perDay.get(weekday) ?? 0;
    expect(2 * (of(0) + of(6))).toBeLessThan(of(1) + of(2) + of(3));
  });

  it('cost exactly what their tokens cost at the prices of the catalogue', () => {
    for (const { head, outcome } of runsOfSamples(samplesAt())) {
      const { promptTokens, completionTokens, servedModel, servedProvider, costText } = outcome;
      if (outcome.costSource !== 'reported') {
        expect(outcome.cost).toBe(outcome.costSource === 'none' ? 0n : null);
        continue;
      }
      const route = catalogue.find(
        ({ model, provider }) => model === servedModel && provider === servedProvider,
      );
      if (!route || promptTokens === null || completionTokens === null || costText === null) {
        throw new Error('an answer with a cost has no tokens or no route');
      }
      const once =
        BigInt(promptTokens) * route.inputPrice + BigInt(completionTokens) * route.outputPrice;
      expect(outcome.cost).toBe(once * BigInt(head.votes));
      expect(parseUsd(costText)).toBe(outcome.cost);
      expect(outcome.rawUsage).toContain('"prompt_tokens"');
    }
  });

  it('were estimated before they were asked, mostly well', () => {
    const priced = runsOfSamples(samplesAt()).filter(
      ({ head, outcome }) => head.estimate !== null && outcome.costSource === 'reported',
    );
    const within = priced.filter(({ head: { estimate }, outcome: { cost } }) => {
      if (estimate === null || cost === null) return false;
      return estimate.low <= cost * 2n && cost <= estimate.high * 2n;
    });
    expect(priced.length).toBeGreaterThan(500);
    expect(within.length / priced.length).toBeGreaterThan(0.8);
  });

  it('ask with settings and presets that the app itself could have', () => {
    const { presets, conversations } = samplesAt();
    for (const { content } of presets) expect(presetContent.parse(content)).toEqual(content);
    for (const { settings } of conversations.flatMap(({ turns }) => turns)) {
      expect(parameterValues.parse(settings.parameters)).toEqual(settings.parameters);
    }
  });
});
