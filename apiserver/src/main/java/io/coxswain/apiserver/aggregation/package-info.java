/// API services: which groups and versions there are, which of them this server answers itself,
/// and the way to the servers that answer the others.
@NullMarked
package io.coxswain.apiserver.aggregation;

import org.jspecify.annotations.NullMarked;
