package io.gympulse.edge.sensing.gpio.line;

import io.gympulse.contract.floorplan.GpioChip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Chips whose lines, faults and time a test moves by hand. Without a name, the chip `header` is
/// meant. Safe for several threads.
public final class ScriptedChips implements GpioChips {
  private final Map<String, Chip> chips = new HashMap<>();
  private long nanos = 1_000_000_000;
  private int waiters;

  private static final class Chip {
    private final Map<Integer, String> users = new HashMap<>();
    private final List<Held> held = new ArrayList<>();
    private long high;
    private boolean plugged = true;
  }

  private final class Held implements HeldLines {
    private final Chip chip;
    private final String name;
    private final LineRequest request;
    private final List<Edge> queue = new ArrayList<>();
    private long sequence;

    Held(Chip chip, String name, LineRequest request) {
      this.chip = chip;
      this.name = name;
      this.request = request;
    }

    @Override
    public List<Edge> edges() throws LineException {
      synchronized (ScriptedChips.this) {
        here();
        List<Edge> edges = List.copyOf(queue);
        queue.clear();
        return edges;
      }
    }

    @Override
    public long levels() throws LineException {
      synchronized (ScriptedChips.this) {
        here();
        long levels = 0;
        for (int i = 0; i < request.lines().size(); i++) {
          levels |= (chip.high >>> request.lines().get(i).line() & 1) << i;
        }
        return levels;
      }
    }

    private void here() throws LineException {
      if (!chip.plugged) {
        throw new LineException("chip '%s' is gone".formatted(name));
      }
    }

    @Override
    public void close() {
      synchronized (ScriptedChips.this) {
        chip.held.remove(this);
        request.lines().forEach(it -> chip.users.remove(it.line()));
      }
    }
  }

  private final class Sleeper implements Waiter {
    private boolean woken;

    @Override
    public Set<HeldLines> await(Collection<HeldLines> lines, Duration timeout) {
      synchronized (ScriptedChips.this) {
        long deadline = nanos + timeout.toNanos();
        Set<HeldLines> ready = ready(lines);
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

    private Set<HeldLines> ready(Collection<HeldLines> lines) {
      Set<HeldLines> ready = new HashSet<>();
      for (HeldLines it : lines) {
        Held held = (Held) it;
        if (!held.queue.isEmpty() || !held.chip.plugged) {
          ready.add(held);
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
  public synchronized HeldLines take(LineRequest request) throws LineException {
    String name = request.chip().map(GpioChip::value).orElse("header");
    Chip chip = chips.get(name);
    if (chip == null || !chip.plugged) {
      throw new LineException("chip '%s' is not there; plug it in".formatted(name));
    }
    for (LineSetup line : request.lines()) {
      String user = chip.users.get(line.line());
      if (user != null) {
        throw new LineException(
            "line %d of '%s' is in use by '%s'; free it".formatted(line.line(), name, user));
      }
    }
    request.lines().forEach(it -> chip.users.put(it.line(), "gympulse"));
    Held held = new Held(chip, name, request);
    chip.held.add(held);
    return held;
  }

  @Override
  public synchronized Waiter waiter() {
    waiters++;
    return new Sleeper();
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

  /// Somebody else has the line.
  public synchronized void occupy(String name, int line, String user) {
    chip(name).users.put(line, user);
  }

  public synchronized void free(String name, int line) {
    chip(name).users.remove(line);
  }

  /// Whether somebody has the line.
  public synchronized boolean taken(String name, int line) {
    return chip(name).users.containsKey(line);
  }

  /// Threads that wait for edges.
  public synchronized int waiters() {
    return waiters;
  }

  /// The line changes, and its edge is queued.
  public void drive(String name, int line, boolean high) {
    drive(name, line, high, Duration.ZERO);
  }

  /// The line changed a while ago, and its edge is queued.
  public synchronized void drive(String name, int line, boolean high, Duration ago) {
    long at = nanos - ago.toNanos();
    set(name, line, high).ifPresent(it -> it.queue.add(new Edge(line, high, ++it.sequence, at)));
    notifyAll();
  }

  /// The line changes, and its edge is counted but finds no room in the queue.
  public synchronized void overrun(String name, int line, boolean high) {
    set(name, line, high).ifPresent(it -> it.sequence++);
  }

  /// The line changes, and the chip does not notice.
  public synchronized void miss(String name, int line, boolean high) {
    set(name, line, high);
  }

  private Optional<Held> set(String name, int line, boolean high) {
    Chip chip = chip(name);
    chip.high = high ? chip.high | 1L << line : chip.high & ~(1L << line);
    return chip.held.stream()
        .filter(it -> it.request.lines().stream().anyMatch(setup -> setup.line() == line))
        .findFirst();
  }

  public synchronized void pass(Duration time) {
    nanos += time.toNanos();
    notifyAll();
  }

  private Chip chip(String name) {
    return Optional.ofNullable(chips.get(name)).orElseThrow();
  }
}
