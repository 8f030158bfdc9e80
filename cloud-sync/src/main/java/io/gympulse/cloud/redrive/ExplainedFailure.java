package io.gympulse.cloud.redrive;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;

/// A message's failure that says why. SQS reads the message's id only; a queue that keeps reasons
/// reads both.
public final class ExplainedFailure extends BatchItemFailure {
  private static final long serialVersionUID = 1;
  private static final int MOST_CHARS = 300;

  private final String reason;

  /// @param reason for people; what is longer than 300 characters is cut off
  public ExplainedFailure(String messageId, String reason) {
    super(messageId);
    this.reason = reason.length() <= MOST_CHARS ? reason : reason.substring(0, MOST_CHARS) + "...";
  }

  /// An exception's kind and message.
  public static String reason(Throwable why) {
    String kind = why.getClass().getSimpleName();
    return why.getMessage() == null ? kind : kind + ": " + why.getMessage();
  }

  public String reason() {
    return reason;
  }
}
