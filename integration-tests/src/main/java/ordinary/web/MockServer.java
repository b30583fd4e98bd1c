package ordinary.web;

import java.io.IOException;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/** OkHttp's {@code MockWebServer}, which layers TLS over sockets that it has accepted. */
public final class MockServer {

    private MockServer() {}

    public static void main(String... args) throws Exception {
        SSLContext tls = Stores.given().tls();
        Site.open(start(tls, false), start(tls, true));
    }

    private static int start(SSLContext tls, boolean member) throws IOException {
        MockWebServer server = new MockWebServer();
        server.useHttps(tls.getSocketFactory());
        if (member) server.requireClientAuth();
        server.setDispatcher(new SiteDispatcher());
        server.start(InetAddress.getLoopbackAddress(), 0);
        return server.getPort();
    }

    private static final class SiteDispatcher extends Dispatcher {

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            MockResponse.Builder response = new MockResponse.Builder();
            if (Site.ECHO.equals(request.getTarget()))
                return response.body(posted(request)).build();
            return response.body(Site.greeting(request.getHandshake().peerCertificates()))
                    .build();
        }

        private static Buffer posted(RecordedRequest request) {
            return new Buffer().write(request.getBody());
        }
    }
}
