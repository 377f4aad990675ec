/// Configuration files of the API server: read strictly, and looked at again while it runs.
@NullMarked
package io.coxswain.apiserver.config;

import org.jspecify.annotations.NullMarked;
