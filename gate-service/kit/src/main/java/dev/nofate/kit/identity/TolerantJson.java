package dev.nofate.kit.identity;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.Arc;
import jakarta.ws.rs.ext.ContextResolver;

/**
 * JSON of answers between services: members that a newer peer has added are passed over, so that
 * services can be rolled one by one. Requests stay strict.
 */
public class TolerantJson implements ContextResolver<ObjectMapper> {

  private final ObjectMapper mapper =
      Arc.container()
          .instance(ObjectMapper.class)
          .get()
          .copy()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  @Override
  public ObjectMapper getContext(Class<?> type) {
    return mapper;
  }
}
