package io.gympulse.edge.uplink;

import io.gympulse.edge.uplink.InMemoryUplink.Published;
import java.util.List;

class InMemoryUplinkTest extends UplinkContract {
  @Override
  Link link() {
    InMemoryUplink uplink = new InMemoryUplink();
    return new Link() {
      @Override
      public Uplink uplink() {
        return uplink;
      }

      @Override
      public void connect() {
        uplink.connect();
      }

      @Override
      public void disconnect() {
        uplink.disconnect();
      }

      @Override
      public void acknowledge(byte[] body) {
        uplink.acknowledge(body);
      }

      @Override
      public List<Published> received() {
        return uplink.published();
      }

      @Override
      public void close() {}
    };
  }
}
