/// Events and current states of machines, as gateways report them. Values only; the codecs define
/// how they are written.
@NullMarked
package io.gympulse.contract.event;

import org.jspecify.annotations.NullMarked;
