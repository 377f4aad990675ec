/// The verbs of the API, one class each. A verb reads the request, lets the registry change or read
/// objects, and says how the answer looks in the representation that the client accepts.
@NullMarked
package io.coxswain.apiserver.verbs;

import org.jspecify.annotations.NullMarked;
