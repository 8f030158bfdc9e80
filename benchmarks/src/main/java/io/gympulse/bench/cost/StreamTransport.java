package io.gympulse.bench.cost;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.TimeWindow;
import io.gympulse.bench.ingest.Traffic;
import io.gympulse.cloud.ingest.StreamIngestHandler;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A Kinesis stream with Lambda's event source mapping, as documented by AWS: a gym's messages go
/// to the shard that owns the MD5 of its id, each shard with new records is read once a second,
/// the window's state is passed from invocation to invocation, and a window ends with an
/// invocation that has only the state.
final class StreamTransport implements IngestTransport {
  private static final int MAX_RECORDS_PER_INVOCATION = 500;
  private static final int PUT_UNIT_BYTES = 25 * 1024;
  private static final int MAX_RECORDS_PER_SECOND = 1_000;
  private static final int MAX_BYTES_PER_SECOND = 1 << 20;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final BigInteger HASHES = BigInteger.ONE.shiftLeft(128);

  private final StreamIngestHandler handler;
  private final List<Shard> shards;
  private long invocations;
  private long putUnits;
  private int maxRecords;
  private int maxBytes;

  StreamTransport(StreamIngestHandler handler, int shards) {
    this.handler = handler;
    this.shards = Stream.generate(Shard::new).limit(shards).toList();
  }

  private static final class Shard {
    private final List<byte[]> records = new ArrayList<>();
    private Map<String, String> state = Map.of();
    private Instant windowEnd = Instant.MIN;
    private boolean open;
  }

  @Override
  public void put(int gym, String text) {
    byte[] record = text.getBytes(StandardCharsets.UTF_8);
    putUnits += Math.ceilDiv(record.length, PUT_UNIT_BYTES);
    shards.get(shardOf(Traffic.partitionKey(gym), shards.size())).records.add(record);
  }

  /// Shards own equal parts of the hash range.
  static int shardOf(String key, int shards) {
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8));
      return new BigInteger(1, hash).multiply(BigInteger.valueOf(shards)).divide(HASHES).intValue();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }

  @Override
  public void tick(Instant now) {
    for (Shard shard : shards) {
      if (shard.open && !now.isBefore(shard.windowEnd)) {
        invoke(shard, List.of(), true);
        shard.open = false;
      }
      if (!shard.records.isEmpty()) {
        if (!shard.open) {
          shard.open = true;
          shard.windowEnd = windowEnd(now);
        }
        read(shard);
      }
    }
  }

  private static Instant windowEnd(Instant now) {
    long seconds = WINDOW.toSeconds();
    return Instant.ofEpochSecond((now.getEpochSecond() / seconds + 1) * seconds);
  }

  private void read(Shard shard) {
    List<byte[]> all = shard.records;
    maxRecords = Math.max(maxRecords, all.size());
    maxBytes = Math.max(maxBytes, all.stream().mapToInt(it -> it.length).sum());
    for (int from = 0; from < all.size(); from += MAX_RECORDS_PER_INVOCATION) {
      invoke(
          shard, all.subList(from, Math.min(all.size(), from + MAX_RECORDS_PER_INVOCATION)), false);
    }
    all.clear();
  }

  private void invoke(Shard shard, List<byte[]> records, boolean last) {
    KinesisTimeWindowEvent event = new KinesisTimeWindowEvent();
    List<KinesisEvent.KinesisEventRecord> all = new ArrayList<>();
    for (byte[] it : records) {
      all.add(record(all.size(), it));
    }
    event.setRecords(all);
    event.setWindow(new TimeWindow("", shard.windowEnd.toString()));
    event.setState(shard.state);
    event.setIsFinalInvokeForWindow(last);
    TimeWindowEventResponse response = handler.handleRequest(event, null);
    if (!response.getBatchItemFailures().isEmpty()) {
      throw new IllegalStateException("messages failed; see the log");
    }
    shard.state = last ? Map.of() : response.getState();
    invocations++;
  }

  private static KinesisEvent.KinesisEventRecord record(int number, byte[] data) {
    KinesisEvent.Record kinesis = new KinesisEvent.Record();
    kinesis.setSequenceNumber(Integer.toString(number));
    kinesis.setData(ByteBuffer.wrap(data));
    KinesisEvent.KinesisEventRecord record = new KinesisEvent.KinesisEventRecord();
    record.setKinesis(kinesis);
    return record;
  }

  /// Whether a shard's limit was exceeded in any second.
  boolean overloaded() {
    return maxRecords > MAX_RECORDS_PER_SECOND || maxBytes > MAX_BYTES_PER_SECOND;
  }

  /// The maximum load of a shard in one second, for the report.
  String maxLoad() {
    return "%,d records and %,d bytes of %,d and %,d"
        .formatted(maxRecords, maxBytes, MAX_RECORDS_PER_SECOND, MAX_BYTES_PER_SECOND);
  }

  @Override
  public long invocations() {
    return invocations;
  }

  @Override
  public long putUnits() {
    return putUnits;
  }

  @Override
  public int shards() {
    return shards.size();
  }
}
