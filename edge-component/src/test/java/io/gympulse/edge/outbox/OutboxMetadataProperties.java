package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.OutboxMetadata.SequenceSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class OutboxMetadataProperties {

  @Property
  void a_sequence_set_has_the_same_members_as_a_plain_set(@ForAll long seed) {
    Random random = new Random(seed);
    SequenceSet set = SequenceSet.EMPTY;
    TreeSet<Sequence> plain = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      long first = 1L + random.nextInt(60);
      SeqRange range = SeqRange.of(first, first + random.nextInt(12));
      List<Sequence> members =
          LongStream.rangeClosed(first, range.last().value()).mapToObj(Sequence::new).toList();
      List<Sequence> missing = members.stream().filter(it -> !plain.contains(it)).toList();
      assertThat(set.missingFrom(range)).isEqualTo(SeqRange.covering(missing));
      if (random.nextBoolean()) {
        set = set.with(range);
        plain.addAll(members);
      } else {
        set = set.without(range);
        plain.removeAll(members);
      }
      assertThat(set.runs()).isEqualTo(SeqRange.covering(plain));
      assertThat(set.size()).isEqualTo(plain.size());
      assertThat(set.contains(first)).isEqualTo(plain.contains(new Sequence(first)));
    }
  }
}
