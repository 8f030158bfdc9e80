/// Named shadows: documents, versions, deltas, answered on the reserved topics.
/// A pure step decides; a directory keeps the documents.
@NullMarked
package io.gympulse.local.shadow;

import org.jspecify.annotations.NullMarked;
