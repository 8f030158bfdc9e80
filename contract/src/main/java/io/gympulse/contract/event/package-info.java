/// What a gateway says of its machines: events and present states. Values only; how they are
/// written down is the codecs' concern.
@NullMarked
package io.gympulse.contract.event;

import org.jspecify.annotations.NullMarked;
