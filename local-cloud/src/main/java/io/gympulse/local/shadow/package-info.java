/// Named shadows: documents, versions and deltas, with replies on the reserved topics. A pure step
/// computes them; a directory stores the documents.
@NullMarked
package io.gympulse.local.shadow;

import org.jspecify.annotations.NullMarked;
