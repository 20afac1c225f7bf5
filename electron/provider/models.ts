import type { Model } from '../../shared/contract/connection';
import { count, isRecord, modelList, text } from './wire';

/**
 * Reads the answer of `GET /models`, whatever field set it has (wire-facts, section 1: documented 2025
 * and live 2026; OpenRouter, Ollama, plain OpenAI). Rows of one model by several providers become one;
 * rows without a name are skipped. Null when it is not a model list at all.
 */
export function readModels(body: unknown): Model[] | null {
  const rows = modelList.safeParse(body);
  if (!rows.success) return null;
  const byId = new Map<string, Model>();
  for (const row of rows.data) {
    const model = readModel(row);
    if (model && !byId.has(model.id)) byId.set(model.id, model);
  }
  return [...byId.values()].sort((a, b) => a.id.localeCompare(b.id, 'en'));
}

function readModel(row: unknown): Model | null {
  if (!isRecord(row)) return null;
  const id = text(row.id) ?? text(row.model) ?? text(row.name);
  if (id === null || row.enabled === 0 || row.available === 0) return null;
  const contextTokens = count(row.max_tokens ?? row.context_length ?? row.max_model_len);
  return {
    id,
    provider: text(row.provider) ?? text(row.owned_by),
    type: text(row.type),
    description: text(row.description)?.slice(0, 500) ?? null,
    contextTokens: contextTokens === 0 ? null : contextTokens,
  };
}
