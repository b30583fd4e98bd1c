package sample.jettysite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What the site serves. */
final class Pages extends Handler.Abstract {

    @Override
    public boolean handle(Request request, Response response, Callback done) {
        switch (Request.getPathInContext(request)) {
            case "/" -> answer(response, HttpStatus.OK_200, connection(request), done);
            case "/echo" -> Content.copy(request, response, done);
            default -> answer(response, HttpStatus.NOT_FOUND_404, "no such page\n", done);
        }
        return true;
    }

    /** The connection's version of HTTP, protocol and cipher suite, and the client's name if it showed one. */
    private static String connection(Request request) {
        var tls = (SslSessionData) request.getAttribute(SslSessionData.ATTRIBUTE);
        return "http " + request.getConnectionMetaData().getHttpVersion() + "\nprotocol "
                + tls.sslSession().getProtocol() + "\ncipher suite " + tls.cipherSuite() + "\n"
                + client(tls.peerCertificates());
    }

    private static String client(X509Certificate[] chain) {
        return chain == null ? "" : "client " + chain[0].getSubjectX500Principal() + "\n";
    }

    private static void answer(Response response, int status, String text, Callback done) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), done);
    }
}
