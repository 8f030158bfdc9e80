package io.gympulse.contract.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.codec.MessageJson.InvalidBody;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.Rejection.RejectionCode;

/// Version 1 of an acknowledgement: `stored` rows `[first, last]` and `rejected` rows
/// `[first, last, code, detail, retryable]`; `sender` only if the batches named it. An
/// unknown code is read as [RejectionCode#UNRECOGNISED], so that acknowledgements of later versions
/// of the cloud can be read.
public final class AcknowledgementCodec {
  private static final int VERSION = 1;
  private static final int MAX_RANGES = 10_000;

  private AcknowledgementCodec() {}

  public static byte[] encode(Acknowledgement ack) {
    ObjectNode body = MessageJson.body(VERSION, ack.to());
    body.put("outboxId", ack.outbox().toString());
    ack.sender().ifPresent(it -> body.put("sender", it.value()));
    ArrayNode stored = body.putArray("stored");
    ack.stored().forEach(it -> MessageJson.add(it, stored.addArray()));
    ArrayNode rejected = body.putArray("rejected");
    for (RejectedRange it : ack.rejected()) {
      ArrayNode row = rejected.addArray();
      MessageJson.add(it.range(), row);
      row.add(it.code().wireName()).add(it.detail()).add(it.retryable());
    }
    return JsonTree.bytes(body);
  }

  public static DecodeResult<Acknowledgement> decode(byte[] body) {
    return MessageJson.decode(body, (JsonNode node) -> decode(node));
  }

  public static DecodeResult<Acknowledgement> decode(JsonNode body) {
    return MessageJson.read(body, AcknowledgementCodec::read);
  }

  private static Acknowledgement read(JsonCursor<InvalidBody> body) {
    MessageJson.requireVersion(body, VERSION);
    return new Acknowledgement(
        MessageJson.address(body),
        MessageJson.outbox(body.field("outboxId")),
        body.field("stored").list(MAX_RANGES, it -> range(it.array(2, 2))),
        body.field("rejected").list(MAX_RANGES, it -> rejected(it.array(5, 5))),
        MessageJson.sender(body));
  }

  private static SeqRange range(JsonCursor<InvalidBody> row) {
    return row.checked(() -> SeqRange.of(row.element(0).integer(), row.element(1).integer()));
  }

  private static RejectedRange rejected(JsonCursor<InvalidBody> row) {
    String code = row.element(2).text();
    String detail = row.element(3).text();
    boolean retryable = row.element(4).bool();
    return RejectionCode.ofWireName(code)
        .map(known -> new RejectedRange(range(row), known, detail, retryable))
        .orElseGet(
            () ->
                new RejectedRange(
                    range(row), RejectionCode.UNRECOGNISED, code + ": " + detail, retryable));
  }
}
