/// How objects are shown: tables, JSON, YAML, names, JSONPath, custom columns.
@NullMarked
package io.coxswain.cli.output;

import org.jspecify.annotations.NullMarked;
