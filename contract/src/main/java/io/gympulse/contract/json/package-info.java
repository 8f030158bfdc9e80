/// JSON texts and the trees of what they say. The codecs of messages and floor plans, and whatever
/// else an event passes on its way, read and write by these trees, field by field.
@NullMarked
package io.gympulse.contract.json;

import org.jspecify.annotations.NullMarked;
