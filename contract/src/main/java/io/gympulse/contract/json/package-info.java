/// JSON texts and the trees of what they say. Every codec of this system reads and writes by these
/// trees, field by field.
@NullMarked
package io.gympulse.contract.json;

import org.jspecify.annotations.NullMarked;
