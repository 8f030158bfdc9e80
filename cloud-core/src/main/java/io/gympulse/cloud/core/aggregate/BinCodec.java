package io.gympulse.cloud.core.aggregate;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.MachineId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The machines of one aggregate as bytes: about ten per machine, so that a category's window is
/// one small item. Equal machines give equal bytes.
///
/// Version 1: the version, the number of machines, and for each machine, ascending by id: the
/// length of the prefix that its id shares with the one before, the length of the rest, the rest; a
/// byte of start + 4 * end (0 free, 1 occupied, 2 unknown); milliseconds occupied; milliseconds
/// free; transitions. Numbers are unsigned LEB128. The rest of the window's 900,000 milliseconds is
/// unknown.
public final class BinCodec {
  private static final int VERSION = 1;

  private BinCodec() {}

  public static byte[] encode(SortedMap<MachineId, MachineBin> machines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    put(out, VERSION);
    put(out, machines.size());
    String before = "";
    for (Map.Entry<MachineId, MachineBin> entry : machines.entrySet()) {
      String id = entry.getKey().value();
      int shared = sharedLength(before, id);
      put(out, shared);
      put(out, id.length() - shared);
      out.writeBytes(id.substring(shared).getBytes(StandardCharsets.US_ASCII));
      MachineBin bin = entry.getValue();
      put(out, code(bin.start()) + 4L * code(bin.end()));
      put(out, bin.occupied());
      put(out, bin.free());
      put(out, bin.transitions());
      before = id;
    }
    return out.toByteArray();
  }

  /// @throws IllegalArgumentException if the bytes are not such an item, or of an unknown version
  public static SortedMap<MachineId, MachineBin> decode(byte[] bytes) {
    return new Reader(bytes).machines();
  }

  private static int sharedLength(String one, String other) {
    int shared = 0;
    while (shared < Math.min(one.length(), other.length())
        && one.charAt(shared) == other.charAt(shared)) {
      shared++;
    }
    return shared;
  }

  private static void put(ByteArrayOutputStream out, long number) {
    long rest = number;
    while (rest > 0x7f) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static int code(MachineStatus status) {
    return switch (status) {
      case FREE -> 0;
      case OCCUPIED -> 1;
      case UNKNOWN -> 2;
    };
  }

  private static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    SortedMap<MachineId, MachineBin> machines() {
      long version = number();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "an aggregate of version %d; this program supports %d".formatted(version, VERSION));
      }
      SortedMap<MachineId, MachineBin> machines = new TreeMap<>();
      String before = "";
      for (long left = number(); left > 0; left--) {
        before = id(before);
        machines.put(new MachineId(before), bin());
      }
      if (at != bytes.length) {
        throw damaged();
      }
      return machines;
    }

    private String id(String before) {
      long shared = number();
      long more = number();
      if (shared > before.length() || more > bytes.length - at) {
        throw damaged();
      }
      at += (int) more;
      return before.substring(0, (int) shared)
          + new String(bytes, at - (int) more, (int) more, StandardCharsets.US_ASCII);
    }

    private MachineBin bin() {
      long statuses = number();
      long occupied = number();
      long free = number();
      long transitions = number();
      return new MachineBin(
          occupied,
          free,
          Window.LENGTH.toMillis() - occupied - free,
          Math.toIntExact(transitions),
          status(statuses & 3),
          status(statuses >>> 2));
    }

    private MachineStatus status(long code) {
      return switch ((int) code) {
        case 0 -> MachineStatus.FREE;
        case 1 -> MachineStatus.OCCUPIED;
        case 2 -> MachineStatus.UNKNOWN;
        default -> throw damaged();
      };
    }

    /// A number below 2^35.
    private long number() {
      long number = 0;
      for (int shift = 0; shift < 35; shift += 7) {
        if (at == bytes.length) {
          throw damaged();
        }
        byte group = bytes[at++];
        number |= (long) (group & 0x7f) << shift;
        if (group >= 0) {
          return number;
        }
      }
      throw damaged();
    }

    private IllegalArgumentException damaged() {
      return new IllegalArgumentException("a damaged aggregate, at byte %d".formatted(at));
    }
  }
}
