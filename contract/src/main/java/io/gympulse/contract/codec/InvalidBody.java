package io.gympulse.contract.codec;

import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.RejectionCode;

/// Ends the decoding of one body; never leaves this package.
final class InvalidBody extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Rejection rejection;

  InvalidBody(RejectionCode code, String field, String detail) {
    super(detail, null, false, false);
    this.rejection = new Rejection(code, field, detail);
  }

  Rejection rejection() {
    return rejection;
  }
}
