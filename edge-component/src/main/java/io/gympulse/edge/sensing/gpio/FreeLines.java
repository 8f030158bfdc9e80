package io.gympulse.edge.sensing.gpio;

import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import io.gympulse.edge.sensing.gpio.line.LineReader;
import io.gympulse.edge.sensing.gpio.line.LineRequest;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lines of the machine's header that nobody uses, as inputs with a pull-up, so that a switch
/// to ground changes their level. Lines 0 and 1 identify expansion boards and are left out. Not
/// thread-safe.
public final class FreeLines implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FreeLines.class);
  private static final int FIRST = 2;
  private static final int LAST = 27;
  private static final Duration DEBOUNCE = Duration.ofMillis(5);

  private final List<LineReader.Registration> lines = new ArrayList<>();

  /// Receives levels on the reader's thread, the first one of each line on the caller's.
  @FunctionalInterface
  public interface Receiver {
    void level(int line, boolean high);
  }

  private FreeLines() {}

  /// Requests all lines that are free. On a machine without GPIO there are none.
  public static FreeLines request(LineReader reader, Receiver receiver) {
    FreeLines free = new FreeLines();
    try {
      for (int line = FIRST; line <= LAST; line++) {
        free.add(line, reader, receiver);
      }
    } catch (LinkageError e) {
      LOG.debug("this machine has no GPIO", e);
    }
    return free;
  }

  private void add(int line, LineReader reader, Receiver receiver) {
    LineSettings settings = new LineSettings(line, GpioPull.UP, DEBOUNCE);
    try {
      lines.add(
          reader.register(
              new LineRequest(Optional.empty(), List.of(settings)),
              new LineReader.Listener() {
                @Override
                public void level(int changed, boolean high, Duration age) {
                  receiver.level(changed, high);
                }

                @Override
                public void lost(LineException reason) {
                  LOG.debug("GPIO line {} was lost: {}", line, reason.getMessage());
                }
              }));
    } catch (LineException e) {
      LOG.debug("GPIO line {} is not free: {}", line, e.getMessage());
    }
  }

  public int count() {
    return lines.size();
  }

  @Override
  public void close() {
    lines.forEach(LineReader.Registration::close);
    lines.clear();
  }
}
