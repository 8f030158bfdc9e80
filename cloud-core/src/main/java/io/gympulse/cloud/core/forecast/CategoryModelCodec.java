package io.gympulse.cloud.core.forecast;

import io.gympulse.cloud.core.forecast.Calibration.Covariance;
import io.gympulse.contract.id.MachineId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A category's model as bytes, at most 40 KB, usually less than 8. Equal models give equal bytes.
///
/// Version 1, big-endian: a byte with the version; fittedAt in milliseconds as a long; the zone's
/// id as [DataOutputStream#writeUTF] writes it; machines and limit as shorts; the five tables of
/// [SlotRates] in its order, each number plus one as unsigned LEB128; endings as a double; the
/// category's and the machine's calibrations, each list a byte with its length and then each one's
/// minutes as a short, exponent, nowShare, intercept, slope and the three covariances as doubles,
/// and its cases as an int; the number of popularities as a short, then each machine's id and
/// popularity as UTF and double, ascending by id.
public final class CategoryModelCodec {
  private static final int VERSION = 1;
  private static final int MOST_CALIBRATIONS = 16;

  private CategoryModelCodec() {}

  public static byte[] encode(CategoryModel model) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(model.fittedAt().toEpochMilli());
      out.writeUTF(model.zone().getId());
      out.writeShort(model.machines());
      out.writeShort(model.limit());
      for (SlotTable table : tables(model.rates())) {
        write(out, table);
      }
      out.writeDouble(model.rates().endings());
      write(out, model.category());
      write(out, model.machine());
      out.writeShort(model.popularity().size());
      for (var entry : model.popularity().entrySet()) {
        out.writeUTF(entry.getKey().value());
        out.writeDouble(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static List<SlotTable> tables(SlotRates rates) {
    return List.of(
        rates.arrivals(),
        rates.arrivalsPerFree(),
        rates.usual(),
        rates.belowLimit(),
        rates.weeks());
  }

  private static void write(DataOutputStream out, SlotTable table) throws IOException {
    for (int number : table.thousandths()) {
      int rest = number + 1;
      while (rest > 0x7f) {
        out.writeByte((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      out.writeByte(rest);
    }
  }

  private static void write(DataOutputStream out, List<Calibration> calibrations)
      throws IOException {
    out.writeByte(calibrations.size());
    for (Calibration it : calibrations) {
      out.writeShort(it.minutes());
      out.writeDouble(it.level().exponent());
      out.writeDouble(it.level().nowShare());
      out.writeDouble(it.intercept());
      out.writeDouble(it.slope());
      out.writeDouble(it.covariance().intercepts());
      out.writeDouble(it.covariance().mixed());
      out.writeDouble(it.covariance().slopes());
      out.writeInt(it.cases());
    }
  }

  /// @throws IllegalArgumentException if the bytes are no such model, or of an unknown version
  public static CategoryModel decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "a model of version %d; this program supports %d".formatted(version, VERSION));
      }
      CategoryModel model =
          new CategoryModel(
              Instant.ofEpochMilli(in.readLong()),
              ZoneId.of(in.readUTF()),
              in.readUnsignedShort(),
              in.readUnsignedShort(),
              rates(in),
              calibrations(in),
              calibrations(in),
              popularity(in));
      if (in.read() >= 0) {
        throw new IllegalArgumentException("a damaged model: bytes after its end");
      }
      return model;
    } catch (IOException | DateTimeException e) {
      throw new IllegalArgumentException("a damaged model: " + e, e);
    }
  }

  private static SlotRates rates(DataInputStream in) throws IOException {
    SlotRates rates =
        new SlotRates(table(in), table(in), table(in), table(in), table(in), in.readDouble());
    if (!(rates.endings() > 0 && rates.endings() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a damaged model: uses end at no rate");
    }
    return rates;
  }

  private static SlotTable table(DataInputStream in) throws IOException {
    int[] numbers = new int[WeekSlot.COUNT];
    for (int slot = 0; slot < numbers.length; slot++) {
      long number = 0;
      int group;
      int shift = 0;
      do {
        group = in.readUnsignedByte();
        number |= (long) (group & 0x7f) << shift;
        shift += 7;
      } while (group > 0x7f && shift < 35);
      if (group > 0x7f || number > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("a damaged model: a number is too large");
      }
      numbers[slot] = (int) number - 1;
    }
    return SlotTable.ofThousandths(numbers);
  }

  private static List<Calibration> calibrations(DataInputStream in) throws IOException {
    int size = in.readUnsignedByte();
    if (size > MOST_CALIBRATIONS) {
      throw new IllegalArgumentException("a damaged model: %d calibrations".formatted(size));
    }
    List<Calibration> calibrations = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      calibrations.add(
          new Calibration(
              in.readUnsignedShort(),
              new Level(finite(in), finite(in)),
              finite(in),
              finite(in),
              new Covariance(finite(in), finite(in), finite(in)),
              in.readInt()));
    }
    return calibrations;
  }

  private static SortedMap<MachineId, Double> popularity(DataInputStream in) throws IOException {
    SortedMap<MachineId, Double> popularity = new TreeMap<>();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      popularity.put(new MachineId(in.readUTF()), finite(in));
    }
    return popularity;
  }

  private static double finite(DataInputStream in) throws IOException {
    double number = in.readDouble();
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("a damaged model: %s".formatted(number));
    }
    return number;
  }
}
