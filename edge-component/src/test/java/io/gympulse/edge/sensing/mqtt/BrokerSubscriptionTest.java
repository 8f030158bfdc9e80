package io.gympulse.edge.sensing.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.gympulse.edge.sensing.SourceStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.OnConnectionSuccessReturn;
import software.amazon.awssdk.crt.mqtt5.packets.SubAckPacket;
import software.amazon.awssdk.crt.mqtt5.packets.SubAckPacket.SubAckReasonCode;

class BrokerSubscriptionTest {
  private final List<SourceStatus> statuses = new ArrayList<>();
  private final Queue<Runnable> retries = new ArrayDeque<>();
  private final BrokerSubscription subscription =
      new BrokerSubscription(List.of("gym/seat"), statuses::add, retries::add);
  private final Mqtt5Client client = mock(Mqtt5Client.class);

  @Test
  void a_subscription_that_is_not_granted_is_retried_while_connected() {
    var refused = ack(SubAckReasonCode.NOT_AUTHORIZED);
    var granted = ack(SubAckReasonCode.GRANTED_QOS_1);
    when(client.subscribe(any()))
        .thenThrow(new CrtRuntimeException(1))
        .thenReturn(CompletableFuture.failedFuture(new IllegalStateException("timed out")))
        .thenReturn(refused)
        .thenReturn(granted);
    subscription.onConnectionSuccess(client, mock(OnConnectionSuccessReturn.class));
    for (int i = 0; i < 3; i++) {
      assertThat(statuses.getLast()).isInstanceOf(SourceStatus.Failing.class);
      retries.remove().run();
    }
    assertThat(statuses.getLast()).isInstanceOf(SourceStatus.Running.class);
    assertThat(retries).isEmpty();
  }

  @Test
  void a_subscription_that_has_ended_is_not_retried() {
    var refused = ack(SubAckReasonCode.NOT_AUTHORIZED);
    when(client.subscribe(any())).thenReturn(refused);
    subscription.onConnectionSuccess(client, mock(OnConnectionSuccessReturn.class));
    subscription.end();
    retries.remove().run();
    verify(client, times(1)).subscribe(any());
    assertThat(retries).isEmpty();
  }

  private static CompletableFuture<SubAckPacket> ack(SubAckReasonCode code) {
    SubAckPacket packet = mock(SubAckPacket.class);
    when(packet.getReasonCodes()).thenReturn(List.of(code));
    return CompletableFuture.completedFuture(packet);
  }
}
