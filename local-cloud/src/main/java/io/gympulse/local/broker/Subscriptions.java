package io.gympulse.local.broker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The topic filters of one connection, never more than so many. One thread, but for `count`.
final class Subscriptions {

  private static final int FIRST_FAILURE = 0x80;

  private final int most;
  private final Set<String> filters = new HashSet<>();
  private final Map<Integer, List<String>> asked = new HashMap<>();
  private volatile int count;

  Subscriptions(int most) {
    this.most = most;
  }

  /// The session that the connection continues has these.
  void continued(List<String> known) {
    filters.addAll(known);
    count = filters.size();
  }

  /// Adds the filters of a request, or says no and adds none.
  boolean add(int packetId, List<String> wanted) {
    List<String> added = wanted.stream().distinct().filter(it -> !filters.contains(it)).toList();
    if (!added.isEmpty() && filters.size() + added.size() > most) {
      return false;
    }
    filters.addAll(added);
    count = filters.size();
    // A client may have as many requests open as it has filters; an id that it uses twice answers
    // for both.
    if (asked.size() <= most) {
      asked.put(packetId, List.copyOf(wanted));
    }
    return true;
  }

  /// Takes back what was refused.
  ///
  /// @param codes one per filter of the request
  void answered(int packetId, List<Integer> codes) {
    List<String> wanted = asked.remove(packetId);
    if (wanted == null) {
      return;
    }
    for (int i = 0; i < Math.min(wanted.size(), codes.size()); i++) {
      if (codes.get(i) >= FIRST_FAILURE) {
        filters.remove(wanted.get(i));
      }
    }
    count = filters.size();
  }

  void removed(List<String> unwanted) {
    unwanted.forEach(filters::remove);
    count = filters.size();
  }

  int count() {
    return count;
  }
}
