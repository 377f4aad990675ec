/// What the server's OpenAPI v3 documents say about kinds and their fields, for `explain`.
///
/// [OpenApiSchemas] finds its way through one document, [Explanation] writes what it finds.
@NullMarked
package io.coxswain.cli.explain;

import org.jspecify.annotations.NullMarked;
