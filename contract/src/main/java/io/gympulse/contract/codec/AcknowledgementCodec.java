package io.gympulse.contract.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.RejectedRange;
import io.gympulse.contract.message.RejectionCode;
import java.util.Arrays;

/// Version 1 of an acknowledgement: `stored` rows `[first, last]` and `rejected` rows
/// `[first, last, code, detail, retryable]`; `sender` only if the batches named it. A code that
/// is not known here is read as [RejectionCode#UNRECOGNISED], so that a later cloud is still
/// understood in all else.
public final class AcknowledgementCodec {
  private static final int VERSION = 1;
  private static final int MAX_RANGES = 10_000;

  private AcknowledgementCodec() {}

  public static byte[] encode(Acknowledgement ack) {
    ObjectNode body = Written.message(VERSION, ack.to());
    body.put("outboxId", ack.outbox().toString());
    ack.sender().ifPresent(it -> body.put("sender", it.value()));
    ArrayNode stored = body.putArray("stored");
    ack.stored().forEach(it -> Written.add(stored.addArray(), it));
    ArrayNode rejected = body.putArray("rejected");
    for (RejectedRange it : ack.rejected()) {
      ArrayNode row = rejected.addArray();
      Written.add(row, it.range());
      row.add(it.code().wireName()).add(it.detail()).add(it.retryable());
    }
    return Written.bytes(body);
  }

  public static Decoded<Acknowledgement> decode(byte[] body) {
    return Body.decode(body, (JsonNode node) -> decode(node));
  }

  public static Decoded<Acknowledgement> decode(JsonNode body) {
    return Body.decode(body, AcknowledgementCodec::read);
  }

  private static Acknowledgement read(Body body) {
    body.requireVersion(VERSION);
    return new Acknowledgement(
        body.address(),
        body.outbox(),
        Arrays.stream(body.child("stored").rows(MAX_RANGES, 2, 2))
            .map(AcknowledgementCodec::range)
            .toList(),
        Arrays.stream(body.child("rejected").rows(MAX_RANGES, 5, 5))
            .map(AcknowledgementCodec::rejected)
            .toList(),
        body.sender());
  }

  private static SeqRange range(Body row) {
    return row.checked(() -> SeqRange.of(row.cell(0).integer(), row.cell(1).integer()));
  }

  private static RejectedRange rejected(Body row) {
    String code = row.cell(2).text();
    String detail = row.cell(3).text();
    boolean retryable = row.cell(4).bool();
    return RejectionCode.ofWireName(code)
        .map(known -> new RejectedRange(range(row), known, detail, retryable))
        .orElseGet(
            () ->
                new RejectedRange(
                    range(row), RejectionCode.UNRECOGNISED, code + ": " + detail, retryable));
  }
}
