//! What a model is: layer specs, activations, losses and initializers, lowered once to a static [`Plan`].

pub mod activation;
pub mod init;
pub mod layers;
pub mod loss;
mod lower;
pub mod plan;

pub use activation::Activation;
pub use init::Init;
pub use layers::{LayerSpec, ModelSpec};
pub use loss::{ClassWeighting, Loss, LossSpec};
pub use plan::Plan;
