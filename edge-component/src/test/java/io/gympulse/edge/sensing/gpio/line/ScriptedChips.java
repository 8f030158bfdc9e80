package io.gympulse.edge.sensing.gpio.line;

import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Chips whose lines, faults and time a test controls. A request without a name is for the chip
/// `header`. Safe for several threads.
public final class ScriptedChips implements GpioChips {
  private final Map<String, Chip> chips = new HashMap<>();
  private long nanos = 1_000_000_000;
  private int waiters;

  private static final class Chip {
    private final Map<Integer, String> users = new HashMap<>();
    private final List<Handle> handles = new ArrayList<>();
    private long high;
    private boolean plugged = true;
  }

  private final class Handle implements LineHandle {
    private final Chip chip;
    private final String name;
    private final LineRequest request;
    private final List<EdgeEvent> queue = new ArrayList<>();
    private long sequence;

    Handle(Chip chip, String name, LineRequest request) {
      this.chip = chip;
      this.name = name;
      this.request = request;
    }

    @Override
    public List<EdgeEvent> edges() throws LineException {
      synchronized (ScriptedChips.this) {
        requirePlugged();
        List<EdgeEvent> edges = List.copyOf(queue);
        queue.clear();
        return edges;
      }
    }

    @Override
    public long levels() throws LineException {
      synchronized (ScriptedChips.this) {
        requirePlugged();
        long levels = 0;
        for (int i = 0; i < request.lines().size(); i++) {
          levels |= (chip.high >>> request.lines().get(i).line() & 1) << i;
        }
        return levels;
      }
    }

    private void requirePlugged() throws LineException {
      if (!chip.plugged) {
        throw new LineException("chip '%s' is gone".formatted(name));
      }
    }

    @Override
    public void close() {
      synchronized (ScriptedChips.this) {
        chip.handles.remove(this);
        request.lines().forEach(it -> chip.users.remove(it.line()));
      }
    }
  }

  private final class ScriptedWaiter implements Waiter {
    private boolean woken;

    @Override
    public Set<LineHandle> await(Collection<LineHandle> lines, Duration timeout) {
      synchronized (ScriptedChips.this) {
        long deadline = nanos + timeout.toNanos();
        Set<LineHandle> ready = ready(lines);
        while (ready.isEmpty() && !woken && nanos < deadline) {
          try {
            ScriptedChips.this.wait();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          ready = ready(lines);
        }
        woken = false;
        return ready;
      }
    }

    private Set<LineHandle> ready(Collection<LineHandle> lines) {
      Set<LineHandle> ready = new HashSet<>();
      for (LineHandle it : lines) {
        Handle handle = (Handle) it;
        if (!handle.queue.isEmpty() || !handle.chip.plugged) {
          ready.add(handle);
        }
      }
      return ready;
    }

    @Override
    public void wake() {
      synchronized (ScriptedChips.this) {
        woken = true;
        ScriptedChips.this.notifyAll();
      }
    }

    @Override
    public void close() {
      synchronized (ScriptedChips.this) {
        waiters--;
      }
    }
  }

  @Override
  public synchronized LineHandle request(LineRequest request) throws LineException {
    String name = request.chip().map(GpioChip::value).orElse("header");
    Chip chip = chips.get(name);
    if (chip == null || !chip.plugged) {
      throw new LineException("chip '%s' is not there; plug it in".formatted(name));
    }
    for (LineSettings line : request.lines()) {
      String user = chip.users.get(line.line());
      if (user != null) {
        throw new LineException(
            "line %d of '%s' is in use by '%s'; free it".formatted(line.line(), name, user));
      }
    }
    request.lines().forEach(it -> chip.users.put(it.line(), "gympulse"));
    Handle handle = new Handle(chip, name, request);
    chip.handles.add(handle);
    return handle;
  }

  @Override
  public synchronized Waiter waiter() {
    waiters++;
    return new ScriptedWaiter();
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  public synchronized ScriptedChips plug(String name) {
    chips.computeIfAbsent(name, _ -> new Chip()).plugged = true;
    return this;
  }

  public synchronized void unplug(String name) {
    chip(name).plugged = false;
    notifyAll();
  }

  /// Marks a line as in use by another process.
  public synchronized void occupy(String name, int line, String user) {
    chip(name).users.put(line, user);
  }

  public synchronized void free(String name, int line) {
    chip(name).users.remove(line);
  }

  /// Whether a line is in use.
  public synchronized boolean inUse(String name, int line) {
    return chip(name).users.containsKey(line);
  }

  /// Threads that wait for edges.
  public synchronized int waiters() {
    return waiters;
  }

  /// Changes a line and queues its edge.
  public void drive(String name, int line, boolean high) {
    drive(name, line, high, Duration.ZERO);
  }

  /// Changes a line as of a while ago and queues its edge.
  public synchronized void drive(String name, int line, boolean high, Duration ago) {
    long at = nanos - ago.toNanos();
    set(name, line, high)
        .ifPresent(it -> it.queue.add(new EdgeEvent(line, high, ++it.sequence, at)));
    notifyAll();
  }

  /// Changes a line; its edge is counted but dropped, as if the queue were full.
  public synchronized void overrun(String name, int line, boolean high) {
    set(name, line, high).ifPresent(it -> it.sequence++);
  }

  /// Changes a line without an edge.
  public synchronized void miss(String name, int line, boolean high) {
    set(name, line, high);
  }

  private Optional<Handle> set(String name, int line, boolean high) {
    Chip chip = chip(name);
    chip.high = high ? chip.high | 1L << line : chip.high & ~(1L << line);
    return chip.handles.stream()
        .filter(it -> it.request.lines().stream().anyMatch(settings -> settings.line() == line))
        .findFirst();
  }

  public synchronized void advance(Duration time) {
    nanos += time.toNanos();
    notifyAll();
  }

  private Chip chip(String name) {
    return Optional.ofNullable(chips.get(name)).orElseThrow();
  }
}
