package io.gympulse.edge.health;

import io.gympulse.edge.outbox.GatewayStateStore;
import io.gympulse.edge.time.BootId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Counts the starts of the machine at which the gateway ran, in a document of the outbox: from 1
/// again with a new outbox.
final class BootCounter {
  private static final String KEY = "boots";
  private static final Pattern DOCUMENT = Pattern.compile("(\\d{1,18}) (.+)");

  private BootCounter() {}

  /// The number of this boot. To be called once per process.
  static long count(GatewayStateStore state, BootId boot) {
    Optional<Matcher> stored =
        state
            .document(KEY)
            .map(it -> DOCUMENT.matcher(new String(it, StandardCharsets.UTF_8)))
            .filter(Matcher::matches);
    long before = stored.map(it -> Long.parseLong(it.group(1))).orElse(0L);
    if (stored.filter(it -> it.group(2).equals(boot.value())).isPresent()) {
      return before;
    }
    String document = (before + 1) + " " + boot.value();
    var _ = state.putDocument(KEY, document.getBytes(StandardCharsets.UTF_8));
    return before + 1;
  }
}
