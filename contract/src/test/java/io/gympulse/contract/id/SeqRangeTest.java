package io.gympulse.contract.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SeqRangeTest {

  @Property
  void ranges_hold_exactly_the_sequence_numbers_they_cover(
      @ForAll Set<@LongRange(min = 1, max = 60) Long> seqs) {
    var ranges = SeqRange.covering(seqs.stream().map(Sequence::new).toList());
    Set<Long> held =
        ranges.stream()
            .flatMapToLong(it -> LongStream.rangeClosed(it.first().value(), it.last().value()))
            .boxed()
            .collect(Collectors.toSet());
    assertThat(held).isEqualTo(seqs);
    for (int i = 1; i < ranges.size(); i++) {
      assertThat(ranges.get(i).first().value()).isGreaterThan(ranges.get(i - 1).last().value() + 1);
    }
  }

  @Property
  void the_union_of_ranges_holds_what_they_hold(
      @ForAll List<@LongRange(min = 1, max = 60) Long> ends) {
    List<SeqRange> ranges = ends.stream().map(it -> SeqRange.of(it, it + it % 7)).toList();
    Set<Long> held = ranges.stream().flatMap(SeqRangeTest::numbers).collect(Collectors.toSet());
    assertThat(SeqRange.union(ranges))
        .isEqualTo(SeqRange.covering(held.stream().map(Sequence::new).toList()));
  }

  private static Stream<Long> numbers(SeqRange range) {
    return LongStream.rangeClosed(range.first().value(), range.last().value()).boxed();
  }

  @Test
  void ids_of_another_form_are_refused() {
    assertThatThrownBy(() -> new MachineId("Bike 1"))
        .hasMessage("machine id 'Bike 1' is not of the form [a-z0-9][a-z0-9-]{0,63}");
    assertThatThrownBy(() -> new GymId("")).hasMessageContaining("gym id");
    assertThatThrownBy(() -> new GatewayId("a".repeat(65))).hasMessageContaining("gateway id");
    assertThatThrownBy(() -> SeqRange.of(3, 2)).hasMessageContaining("ends before it begins");
    assertThatThrownBy(() -> new Sequence(0)).hasMessageContaining("less than 1");
  }
}
