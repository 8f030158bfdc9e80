package io.gympulse.bench.outbox;

import io.gympulse.edge.outbox.FileSettings;
import java.nio.file.Path;
import java.util.List;

/// One measurement, to be made in a process of its own.
record Plan(Kind kind, Path folder, int events, FileSettings file) {
  enum Kind {
    OUTBOX_BURST,
    OUTBOX_SPARSE,
    BARE_BURST,
    BATCHED_BURST,
    SPOOLER
  }

  List<String> arguments() {
    return List.of(
        kind.name(),
        folder.toString(),
        Integer.toString(events),
        Integer.toString(file.pageBytes()),
        Integer.toString(file.checkpointPages()),
        Integer.toString(file.removedTogether()));
  }

  static Plan of(String[] arguments) {
    return new Plan(
        Kind.valueOf(arguments[0]),
        Path.of(arguments[1]),
        Integer.parseInt(arguments[2]),
        new FileSettings(
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5])));
  }
}
