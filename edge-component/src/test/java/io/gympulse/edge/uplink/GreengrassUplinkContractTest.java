package io.gympulse.edge.uplink;

import io.gympulse.edge.uplink.InMemoryUplink.Published;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class GreengrassUplinkContractTest extends UplinkContract {
  @TempDir private Path folder;

  @Override
  Link link() {
    FakeIotCore cloud = new FakeIotCore(0);
    FakeNucleus nucleus = new FakeNucleus(folder.resolve("ipc.socket"), cloud);
    GreengrassUplink uplink = GreengrassUplinkTest.uplink(folder.resolve("ipc.socket"), "t");
    return new Link() {
      @Override
      public Uplink uplink() {
        return uplink;
      }

      @Override
      public void connect() {
        nucleus.start("t");
      }

      @Override
      public void disconnect() {
        nucleus.stop();
      }

      @Override
      public void acknowledge(byte[] body) {
        cloud.send(ACKS, body);
      }

      @Override
      public List<Published> received() {
        return cloud.received();
      }

      @Override
      public void close() {
        nucleus.close();
      }
    };
  }
}
