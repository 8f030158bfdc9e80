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

class LanLinkTest {
  private final List<SourceStatus> statuses = new ArrayList<>();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final LanLink link = new LanLink(List.of("gym/seat"), statuses::add, later::add);
  private final Mqtt5Client client = mock(Mqtt5Client.class);

  @Test
  void topics_that_are_not_granted_are_subscribed_to_again_while_the_link_is_up() {
    var refused = answer(SubAckReasonCode.NOT_AUTHORIZED);
    var granted = answer(SubAckReasonCode.GRANTED_QOS_1);
    when(client.subscribe(any()))
        .thenThrow(new CrtRuntimeException(1))
        .thenReturn(CompletableFuture.failedFuture(new IllegalStateException("timed out")))
        .thenReturn(refused)
        .thenReturn(granted);
    link.onConnectionSuccess(client, mock(OnConnectionSuccessReturn.class));
    for (int i = 0; i < 3; i++) {
      assertThat(statuses.getLast()).isInstanceOf(SourceStatus.Failing.class);
      later.remove().run();
    }
    assertThat(statuses.getLast()).isInstanceOf(SourceStatus.Running.class);
    assertThat(later).isEmpty();
  }

  @Test
  void a_link_that_has_ended_subscribes_to_nothing() {
    var refused = answer(SubAckReasonCode.NOT_AUTHORIZED);
    when(client.subscribe(any())).thenReturn(refused);
    link.onConnectionSuccess(client, mock(OnConnectionSuccessReturn.class));
    link.ended();
    later.remove().run();
    verify(client, times(1)).subscribe(any());
    assertThat(later).isEmpty();
  }

  private static CompletableFuture<SubAckPacket> answer(SubAckReasonCode code) {
    SubAckPacket packet = mock(SubAckPacket.class);
    when(packet.getReasonCodes()).thenReturn(List.of(code));
    return CompletableFuture.completedFuture(packet);
  }
}
