package io.gympulse.contract.topic;

import java.util.List;

/// The AWS IoT policy of whoever watches what the cloud rejects: it may hear [Topics#ERRORS] under
/// its own name, and do nothing else. It publishes nothing and belongs to no gym.
///
/// A reject carries the beginning of the message it is about, of whichever gym: an observer sees
/// across gyms.
public final class ObserverPolicy {
  private ObserverPolicy() {}

  /// @return the policy document as JSON
  public static String document(String region, String account) {
    return new PolicyWriter(region, account)
        .allowConnect()
        .allowHear(List.of(Topics.ERRORS))
        .document();
  }
}
