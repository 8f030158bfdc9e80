package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Publishes acknowledgements of batches: [ImmediateAcks] at once, [CoalescingAcks] after a delay
/// if the gateway does not wait for them.
interface AckPublisher {

  /// @param acks all for this target; the writes that they acknowledge are durable
  /// @throws RuntimeException if they can neither be published nor kept for later; their messages
  ///     then have to be delivered again
  void publish(Target target, Collection<BatchAck> acks);

  /// Whose acknowledgement it is, and of which of its outboxes.
  ///
  /// @param sender the process that sent the events, if it named itself; no other process accepts
  ///     the acknowledgement
  record Target(GatewayAddress gateway, OutboxId outbox, Optional<SenderId> sender) {

    Target(GatewayAddress gateway, OutboxId outbox) {
      this(gateway, outbox, Optional.empty());
    }
  }

  /// The result of one batch. It goes to the gateway on whose topic the batch came, whatever
  /// address the batch contains, so that no client can make the cloud acknowledge to another one.
  ///
  /// @param kind of the batch; a gateway that sends backlog waits for the acknowledgement
  record BatchAck(
      Target target, BatchKind kind, List<SeqRange> stored, List<RejectedRange> rejected) {

    /// One for which its gateway waits.
    BatchAck(Target target, List<SeqRange> stored, List<RejectedRange> rejected) {
      this(target, BatchKind.BACKLOG, stored, rejected);
    }

    /// Whether it may be published later, together with others.
    boolean mayBeDelayed() {
      return kind == BatchKind.LIVE && rejected.isEmpty();
    }
  }

  /// Publishes acknowledgements at once, merged into as few messages as fit a payload. Safe for any
  /// number of threads.
  record ImmediateAcks(DevicePublisher publisher) implements AckPublisher {
    /// Keeps an acknowledgement under 128 KB even if every range and every detail is long.
    static final int MAX_RANGES = 400;

    @Override
    public void publish(Target target, Collection<BatchAck> acks) {
      String topic = Topics.acks(target.gateway());
      merge(target, acks).forEach(it -> publisher.publish(topic, AcknowledgementCodec.encode(it)));
    }

    static List<Acknowledgement> merge(Target target, Collection<BatchAck> acks) {
      List<SeqRange> stored =
          SeqRange.union(acks.stream().flatMap(it -> it.stored().stream()).toList());
      NavigableMap<Sequence, SeqRange> byFirst = new TreeMap<>();
      stored.forEach(it -> byFirst.put(it.first(), it));
      List<RejectedRange> rejected =
          acks.stream()
              .flatMap(it -> it.rejected().stream())
              .filter(it -> !contains(byFirst, it.range()))
              .distinct()
              .toList();
      List<Acknowledgement> merged = new ArrayList<>();
      for (int at = 0; at < Math.max(stored.size(), rejected.size()); at += MAX_RANGES) {
        merged.add(
            new Acknowledgement(
                target.gateway(),
                target.outbox(),
                slice(stored, at),
                slice(rejected, at),
                target.sender()));
      }
      return merged;
    }

    /// Whether another message of the same invocation stored the whole range.
    private static boolean contains(NavigableMap<Sequence, SeqRange> stored, SeqRange range) {
      Map.Entry<Sequence, SeqRange> before = stored.floorEntry(range.first());
      return before != null && before.getValue().contains(range.last());
    }

    private static <T> List<T> slice(List<T> all, int from) {
      return all.subList(Math.min(from, all.size()), Math.min(from + MAX_RANGES, all.size()));
    }
  }
}
