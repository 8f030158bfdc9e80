package io.gympulse.cloud.core.alert;

/// Sends mail. What is foreseen to fail is answered, not thrown. Safe for any number of threads.
public interface Mailer {
  Outcome send(Mail mail);
}
