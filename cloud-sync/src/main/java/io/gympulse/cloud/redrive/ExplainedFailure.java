package io.gympulse.cloud.redrive;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;

/// A batch item failure with its reason. SQS reads only the message's id; a queue that stores
/// reasons reads both.
public final class ExplainedFailure extends BatchItemFailure {
  private static final long serialVersionUID = 1;
  private static final int MAX_CHARS = 300;

  private final String reason;

  /// @param reason for people; truncated to 300 characters
  public ExplainedFailure(String messageId, String reason) {
    super(messageId);
    this.reason = reason.length() <= MAX_CHARS ? reason : reason.substring(0, MAX_CHARS) + "...";
  }

  /// An exception's simple class name and message.
  public static String reason(Throwable why) {
    String kind = why.getClass().getSimpleName();
    return why.getMessage() == null ? kind : kind + ": " + why.getMessage();
  }

  public String reason() {
    return reason;
  }
}
