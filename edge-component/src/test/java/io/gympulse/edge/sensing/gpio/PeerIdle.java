package io.gympulse.edge.sensing.gpio;

import com.pi4j.Pi4J;
import com.pi4j.boardinfo.definition.BoardModel;
import com.pi4j.boardinfo.util.BoardInfoHelper;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.PullResistance;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// The CPU use of 40 idle inputs of Pi4J's own provider, on the one chip that it can read. The
/// provider is found on the class path and needs a board model that it knows.
final class PeerIdle {
  private static final int INPUTS = 40;

  private PeerIdle() {}

  public static void main(String[] arguments) throws Exception {
    SimulatedChip chip = new SimulatedChip("pinctrl-peer", 54);
    chip.define();
    chip.plug();
    BoardInfoHelper.current().setBoardModel(BoardModel.MODEL_4_B);
    Context context =
        Pi4J.newContextBuilder()
            .autoDetectProviders()
            .property("gpio.chip.name", chip.kernelName())
            .build();
    AtomicInteger changes = new AtomicInteger();
    for (int line = 0; line < INPUTS; line++) {
      DigitalInput input =
          context.create(
              DigitalInput.newConfigBuilder(context)
                  .id("line-" + line)
                  .address(line)
                  .pull(PullResistance.PULL_DOWN)
                  .debounce(0L)
                  .build());
      input.addListener(_ -> changes.incrementAndGet());
    }
    chip.drive(3, true);
    Thread.sleep(Duration.ofSeconds(2));
    HardwareCheck.report("peer", IdleCpu.over(HardwareCheck.IDLE));
    System.exit(changes.get() == 1 ? 0 : 1);
  }
}
