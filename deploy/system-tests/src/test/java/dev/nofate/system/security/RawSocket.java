package dev.nofate.system.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection over which a test sends octets that no client library would. */
final class RawSocket implements AutoCloseable {

  /** What came back until the other side closed, or until nothing came any more. */
  record Reading(String text, boolean closed) {

    /** The first answer's status; 0 when there was none. */
    int status() {
      return new RawAnswer(text).status();
    }

    int answers() {
      return text.split("HTTP/1\\.1 [1-5][0-9]{2} ", -1).length - 1;
    }
  }

  private final Socket socket;

  RawSocket(String url) throws IOException {
    URI address = URI.create(url);
    socket = new Socket(address.getHost(), address.getPort());
  }

  /** Sends text, its line feeds as CRLF. */
  RawSocket send(String text) throws IOException {
    return octets(text.replace("\n", "\r\n"));
  }

  /** Sends text as it is. */
  RawSocket octets(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads until the end, or until nothing came for some time. */
  Reading read(int quietMs) throws IOException {
    socket.setSoTimeout(quietMs);
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] piece = new byte[8192];
    boolean closed = false;
    try {
      int length = in.read(piece);
      while (length >= 0) {
        out.write(piece, 0, length);
        length = in.read(piece);
      }
      closed = true;
    } catch (SocketTimeoutException e) {
      closed = false;
    } catch (SocketException e) {
      closed = true;
    }
    return new Reading(out.toString(StandardCharsets.ISO_8859_1), closed);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
