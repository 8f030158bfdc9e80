package io.gympulse.contract.codec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.json.JsonTree;

/// The parts that all written messages share.
final class Written {
  private Written() {}

  static ObjectNode message(int version, GatewayAddress address) {
    ObjectNode body = JsonTree.object();
    body.put("version", version);
    body.put("gym", address.gym().value());
    body.put("gateway", address.gateway().value());
    return body;
  }

  static void add(ArrayNode row, SeqRange range) {
    row.add(range.first().value()).add(range.last().value());
  }

  static byte[] bytes(ObjectNode body) {
    return JsonTree.bytes(body);
  }
}
