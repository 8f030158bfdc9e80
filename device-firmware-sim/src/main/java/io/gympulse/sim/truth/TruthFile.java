package io.gympulse.sim.truth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.sim.day.GroundTruth.Transition;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes the ground truth as JSON lines,
/// `{"at":1772463600000,"machine":"bike-1","status":"occupied"}` or
/// `{"at":1772463604000,"machine":"bike-1","moved":true}`, `at` in epoch milliseconds. Each
/// run begins with the state of every machine and is appended to an existing file. A line is passed
/// to the operating system before [#append] returns, so it survives a crash of the process, but not
/// of the machine. Not thread-safe.
public final class TruthFile implements AutoCloseable {
  private final BufferedWriter lines;

  private TruthFile(BufferedWriter lines) {
    this.lines = lines;
  }

  /// @throws IOException if the file cannot be created or opened for writing
  public static TruthFile open(Path file) throws IOException {
    return new TruthFile(
        Files.newBufferedWriter(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
  }

  /// Discards all lines.
  public static TruthFile none() {
    return new TruthFile(new BufferedWriter(Writer.nullWriter()));
  }

  public void append(Transition transition) throws IOException {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("at", transition.at().toEpochMilli())
            .put("machine", transition.machine().value());
    switch (transition.fact()) {
      case OCCUPIED ->
          line.put(
              "status",
              (transition.holds() ? MachineStatus.OCCUPIED : MachineStatus.FREE).wireName());
      case MOVED -> line.put("moved", transition.holds());
    }
    lines.write(line.toString());
    lines.write('\n');
    lines.flush();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
