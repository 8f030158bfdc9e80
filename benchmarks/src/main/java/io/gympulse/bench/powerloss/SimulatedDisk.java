package io.gympulse.bench.powerloss;

import io.gympulse.bench.powerloss.DiskRecording.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A model of a folder on a disk: flushed data survives a loss of power, and any part of other
/// data may: each write completely, not at all, torn at sectors of 512 bytes or blocks of 4,096,
/// or as length without content; each truncation or not; names created or removed since the
/// folder's last flush or not.
final class SimulatedDisk {
  private static final int[] TORN_AT = {512, 4_096};

  /// By name the possible contents after a loss of power, the latest last; empty for no file.
  private final Map<String, List<Optional<Content>>> names = new HashMap<>();

  void apply(Step step) {
    switch (step) {
      case Step.Write it -> content(it.file()).pending.add(it);
      case Step.Truncate it -> content(it.file()).pending.add(it);
      case Step.Flush it -> content(it.file()).flush();
      case Step.FlushFolder _ -> names.values().forEach(it -> it.subList(0, it.size() - 1).clear());
      case Step.Remove it -> possible(it.file()).add(Optional.empty());
      case Step.Mark _ -> {}
    }
  }

  /// Writes one of the possible states after a loss of power into a folder.
  void writeState(RandomGenerator random, Path folder) throws IOException {
    for (Map.Entry<String, List<Optional<Content>>> entry : names.entrySet()) {
      List<Optional<Content>> possible = entry.getValue();
      Optional<Content> left = possible.get(random.nextInt(possible.size()));
      if (left.isPresent()) {
        Files.write(folder.resolve(entry.getKey()), left.get().randomState(random));
      }
    }
  }

  private List<Optional<Content>> possible(String name) {
    return names.computeIfAbsent(name, _ -> new ArrayList<>(List.of(Optional.empty())));
  }

  private Content content(String name) {
    List<Optional<Content>> possible = possible(name);
    if (possible.getLast().isEmpty()) {
      possible.add(Optional.of(new Content()));
    }
    return possible.getLast().orElseThrow();
  }

  /// A file's flushed bytes, and the steps since.
  private static final class Content {
    private byte[] flushed = new byte[0];
    private final List<Step> pending = new ArrayList<>();

    void flush() {
      for (Step step : pending) {
        flushed =
            switch (step) {
              case Step.Write it -> written(flushed, it, 0, it.bytes().capacity());
              case Step.Truncate it -> Arrays.copyOf(flushed, (int) it.length());
              default -> flushed;
            };
      }
      pending.clear();
    }

    byte[] randomState(RandomGenerator random) {
      byte[] left = flushed.clone();
      for (Step step : pending) {
        left =
            switch (step) {
              case Step.Write it -> partly(left, it, random);
              case Step.Truncate it ->
                  random.nextBoolean() ? Arrays.copyOf(left, (int) it.length()) : left;
              default -> left;
            };
      }
      return left;
    }

    private static byte[] partly(byte[] before, Step.Write it, RandomGenerator random) {
      int size = it.bytes().capacity();
      return switch (random.nextInt(4)) {
        case 0 -> before;
        case 1 -> longer(before, it.offset() + size);
        case 2 -> torn(before, it, TORN_AT[random.nextInt(TORN_AT.length)], random);
        default -> written(before, it, 0, size);
      };
    }

    /// Blocks are aligned to the file's start.
    private static byte[] torn(byte[] before, Step.Write it, int block, RandomGenerator random) {
      byte[] left = longer(before, it.offset() + it.bytes().capacity());
      int from = 0;
      while (from < it.bytes().capacity()) {
        int room = block - (int) ((it.offset() + from) % block);
        int to = Math.min(it.bytes().capacity(), from + room);
        left = random.nextBoolean() ? written(left, it, from, to) : left;
        from = to;
      }
      return left;
    }

    private static byte[] longer(byte[] bytes, long length) {
      return bytes.length >= length ? bytes : Arrays.copyOf(bytes, (int) length);
    }

    private static byte[] written(byte[] before, Step.Write it, int from, int to) {
      byte[] after = longer(before, it.offset() + to);
      ByteBuffer source = it.bytes().duplicate().clear();
      source.get(from, after, (int) it.offset() + from, to - from);
      return after;
    }
  }
}
