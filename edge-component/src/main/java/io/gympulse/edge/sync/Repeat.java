package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;

/// Events that are to be sent again as soon as there is room.
record Repeat(SeqRange range, BatchKind kind, int attempts) {}
