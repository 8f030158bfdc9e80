package io.gympulse.cloud.lambda.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Writes counters as lines in CloudWatch's embedded metric format, from which CloudWatch makes
/// metrics without a call. Namespace `GymPulse`, dimension `function`, unit `Count`.
///
/// Counters increase since the process started; a line contains their increase since the last line.
/// Safe for any number of threads.
public final class Metrics {
  private static final String NAMESPACE = "GymPulse";

  private final String function;
  private final Supplier<Map<String, Long>> counters;
  private final Supplier<PrintStream> out;
  private final InstantSource clock;
  private Map<String, Long> last = Map.of();

  /// @param counters by name, each counted since the process started
  /// @param out called for each line, since Lambda replaces standard output after its start
  Metrics(
      String function,
      Supplier<Map<String, Long>> counters,
      Supplier<PrintStream> out,
      InstantSource clock) {
    this.function = function;
    this.counters = counters;
    this.out = out;
    this.clock = clock;
  }

  /// Writes to standard output, with real time.
  public static Metrics of(String function, Supplier<Map<String, Long>> counters) {
    return new Metrics(function, counters, () -> System.out, InstantSource.system());
  }

  /// Writes the counters that have increased, if there are any.
  public void flush() {
    Map<String, Long> grown = grown();
    if (!grown.isEmpty()) {
      JsonLine.print(out.get(), object -> write(grown, object));
    }
  }

  private synchronized Map<String, Long> grown() {
    Map<String, Long> now = counters.get();
    Map<String, Long> grown = new LinkedHashMap<>();
    now.forEach(
        (name, count) -> {
          long by = count - last.getOrDefault(name, 0L);
          if (by != 0) {
            grown.put(name, by);
          }
        });
    last = Map.copyOf(now);
    return grown;
  }

  private void write(Map<String, Long> counts, JsonGenerator object) throws IOException {
    object.writeObjectFieldStart("_aws");
    object.writeNumberField("Timestamp", clock.millis());
    object.writeArrayFieldStart("CloudWatchMetrics");
    writeDirective(counts, object);
    object.writeEndArray();
    object.writeEndObject();
    object.writeStringField("function", function);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      object.writeNumberField(count.getKey(), count.getValue());
    }
  }

  private static void writeDirective(Map<String, Long> counts, JsonGenerator object)
      throws IOException {
    object.writeStartObject();
    object.writeStringField("Namespace", NAMESPACE);
    object.writeArrayFieldStart("Dimensions");
    object.writeStartArray();
    object.writeString("function");
    object.writeEndArray();
    object.writeEndArray();
    object.writeArrayFieldStart("Metrics");
    for (String name : counts.keySet()) {
      object.writeStartObject();
      object.writeStringField("Name", name);
      object.writeStringField("Unit", "Count");
      object.writeEndObject();
    }
    object.writeEndArray();
    object.writeEndObject();
  }
}
