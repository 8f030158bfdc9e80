package io.gympulse.cloud.core.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveryFiguresTest {
  @Test
  void closed_connections_do_not_lower_the_rate() {
    DeliveryFigures figures = new DeliveryFigures();
    assertThat(figures.rate()).isEqualTo(1);
    figures.addSent(9);
    figures.addGone(40);
    figures.addFailed(1);
    assertThat(figures.rate()).isEqualTo(0.9);
  }
}
