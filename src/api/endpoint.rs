//! One path of the API and its methods; any other method is answered by what is allowed.

use actix_web::http::Method;
use actix_web::http::header::ALLOW;
use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder, Route, web};

/// A path with what can be done there.
pub struct Endpoint {
    path: &'static str,
    methods: Vec<Method>,
    routes: Vec<Route>,
}

impl Endpoint {
    pub fn at(path: &'static str) -> Endpoint {
        Endpoint { path, methods: Vec::new(), routes: Vec::new() }
    }

    /// Answers this method by that handler.
    pub fn on<F, Args>(mut self, method: Method, handler: F) -> Endpoint
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.routes.push(web::method(method.clone()).to(handler));
        self.methods.push(method);
        self
    }

    /// To be mounted.
    pub fn resource(self) -> Resource {
        let mut allowed: Vec<&str> = self.methods.iter().map(Method::as_str).collect();
        // HEAD has become GET before it comes here.
        if self.methods.contains(&Method::GET) {
            allowed.push("HEAD");
        }
        let allowed = allowed.join(", ");
        let resource = self.routes.into_iter().fold(web::resource(self.path), Resource::route);
        resource.default_service(web::to(move || {
            let answer = HttpResponse::MethodNotAllowed().insert_header((ALLOW, allowed.clone())).finish();
            async move { answer }
        }))
    }
}

#[cfg(test)]
impl Endpoint {
    pub fn path(&self) -> &'static str {
        self.path
    }

    pub fn methods(&self) -> &[Method] {
        &self.methods
    }
}
