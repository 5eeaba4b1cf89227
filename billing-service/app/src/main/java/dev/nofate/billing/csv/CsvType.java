package dev.nofate.billing.csv;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** A table's weight against JSON is for choosing between the two, and no part of its type. */
public class CsvType {

  private static final String WEIGHT = "qs";

  @ServerResponseFilter
  public void filter(ContainerResponseContext response) {
    MediaType type = response.getMediaType();
    if (type != null && type.getParameters().containsKey(WEIGHT)) {
      response.setEntity(
          response.getEntity(),
          null,
          new MediaType(
              type.getType(),
              type.getSubtype(),
              type.getParameters().get(MediaType.CHARSET_PARAMETER)));
    }
  }
}
