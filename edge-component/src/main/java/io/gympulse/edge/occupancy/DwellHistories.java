package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.SensorId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// The [DwellHistory] of each sensor; the only detector state that survives a restart of the
/// gateway. Immutable.
///
/// As text: a first line with the version, then a line `sensor bucket:count bucket:count ...` for
/// each sensor with at least one sample.
public final class DwellHistories {
  public static final DwellHistories NONE = new DwellHistories(Map.of());

  private static final String VERSION_1 = "dwells 1";

  private final Map<SensorId, DwellHistory> bySensor;

  private DwellHistories(Map<SensorId, DwellHistory> bySensor) {
    this.bySensor = Map.copyOf(bySensor);
  }

  /// The text of stored histories cannot be used; the message says why.
  public static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message);
    }
  }

  static DwellHistories of(Map<SensorId, DwellHistory> bySensor) {
    return new DwellHistories(bySensor);
  }

  static DwellHistories merge(Collection<DwellHistories> parts) {
    Map<SensorId, DwellHistory> all = new HashMap<>();
    parts.forEach(it -> all.putAll(it.bySensor));
    return new DwellHistories(all);
  }

  DwellHistory of(SensorId sensor) {
    return bySensor.getOrDefault(sensor, DwellHistory.EMPTY);
  }

  /// The histories as text, for [#parse].
  public String text() {
    StringBuilder text = new StringBuilder(VERSION_1);
    new TreeMap<>(bySensor)
        .forEach(
            (sensor, history) -> {
              if (history.samples() > 0) {
                text.append('\n').append(sensor).append(' ').append(history.text());
              }
            });
    return text.toString();
  }

  /// @throws UnreadableException if the text is of another version, or damaged
  public static DwellHistories parse(String text) throws UnreadableException {
    String[] lines = text.split("\n", -1);
    if (!lines[0].equals(VERSION_1)) {
      throw new UnreadableException(
          "dwell histories begin with '%s', not with '%s': this gateway does not support their version"
              .formatted(lines[0], VERSION_1));
    }
    Map<SensorId, DwellHistory> bySensor = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int space = lines[i].indexOf(' ');
      if (space < 0) {
        throw new UnreadableException("dwell histories: line '%s' is invalid".formatted(lines[i]));
      }
      bySensor.put(
          sensor(lines[i].substring(0, space)), DwellHistory.parse(lines[i].substring(space + 1)));
    }
    return new DwellHistories(bySensor);
  }

  private static SensorId sensor(String id) throws UnreadableException {
    try {
      return new SensorId(id);
    } catch (IllegalArgumentException e) {
      throw new UnreadableException("dwell histories: " + e.getMessage());
    }
  }
}
