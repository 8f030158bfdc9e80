package io.gympulse.contract.message;

import io.gympulse.contract.id.SeqRange;

/// Events the cloud did not take. A permanent rejection of several events asks to be bisected, of
/// one event to be quarantined; a retryable one asks to be sent again later, unchanged.
public record RejectedRange(SeqRange range, RejectionCode code, String detail, boolean retryable) {}
