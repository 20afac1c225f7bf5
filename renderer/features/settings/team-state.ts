import type { TelemetryState } from '../../../shared/contract/telemetry';
import { orpc, queryClient } from '../../rpc/client';

/** Shows what main has answered to a change. */
export function showTelemetry(state: TelemetryState): void {
  queryClient.setQueryData(orpc.telemetry.state.queryKey(), state);
}
