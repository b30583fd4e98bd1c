package ordinary.web;

/** The web clients. */
enum Client {
    URL(UrlBrowser::new),
    JDK(JdkBrowser::new),
    NETTY(NettyBrowser::new),
    OKHTTP(OkBrowser::new),
    CLASSIC(ClassicBrowser::new),
    ASYNC(AsyncBrowser::new),
    JETTY(JettyBrowser::new);

    private final Browser.Maker maker;

    Client(Browser.Maker maker) {
        this.maker = maker;
    }

    Browser.Maker maker() {
        return maker;
    }
}
