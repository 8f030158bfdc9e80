package io.gympulse.bench.ingest;

import io.gympulse.bench.ingest.naive.NaiveIngest;
import io.gympulse.bench.ingest.naive.Tables;
import java.util.List;
import java.util.function.Consumer;

/// An event after the other.
final class NaiveWay implements Way {
  private final Tables tables;
  private final NaiveIngest ingest;
  private final List<String> messages;

  NaiveWay(Tables tables, Consumer<byte[]> fanOut, List<String> messages) {
    this.tables = tables;
    this.ingest = new NaiveIngest(tables, fanOut);
    this.messages = messages;
  }

  @Override
  public void run() {
    messages.forEach(ingest::handle);
  }

  @Override
  public void close() {
    tables.close();
  }
}
